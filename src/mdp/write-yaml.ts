import { isCollection, isMap, isScalar, parseDocument, type Scalar, visit } from 'yaml';

/**
 * The text of a model file as YAML: the same keys in the same order, one state a line, quotes only where YAML needs them.
 * @param json  the model's JSON text, as `writeModel` makes it
 */
export function yamlOfJson(json: string): string {
  const document = parseDocument(json, { keepSourceTokens: false });
  const top = document.contents;
  if (isMap(top)) {
    top.flow = false;
    for (const { key, value } of top.items) {
      if (isMap(value)) value.flow = (key as Scalar).value === 'reward';
      else if (isCollection(value)) value.flow = true;
    }
  }
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string') node.type = 'PLAIN';
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}
