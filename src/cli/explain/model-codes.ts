/** Diagnostics of model files: what is wrong, why it matters, what to do. */
export const modelCodes: Readonly<Record<string, string>> = {
  E_ACTION_NAME:
    'Two actions of a state have the same name, or names that Unicode writes in two ways (NFC), or a name is empty, begins or ends with white space, or has a control character in it. Actions are told apart by name: rename one.',
  E_BINARY:
    'A binary model file (.mdpb) is damaged or was not written by mdpower: its sizes, names, successors or values do not fit together at the byte that is named. Write it again with mdpower convert or generate.',
  E_CHECKSUM:
    'The SHA-256 at the end of a binary model file is not that of the file: it was changed or cut after it was written. Write it again with mdpower convert or generate.',
  E_DUP_KEY:
    'An object has a key twice. Readers disagree about which one counts, so the file is refused. Delete or rename one; both places are in the message.',
  E_DUP_STATE:
    'A state is listed twice in "states". Every state is listed once; the order is that of all output.',
  E_ENCODING: 'The file is not UTF-8 text (RFC 3629). Save it as UTF-8; a byte order mark is accepted.',
  E_GRID_CHARACTER:
    'A drawing of a gridworld has a character without a meaning. `mdpower generate --help` lists the meanings.',
  E_GRID_EMPTY: 'A drawing of a gridworld has no free cell, so there would be no state.',
  E_GRID_RAGGED: 'The lines of a gridworld drawing differ in length. Fill short lines with walls or blanks.',
  E_GRID_START: 'A gridworld drawing has more than one start. Mark one cell.',
  E_JSON_SYNTAX:
    'The file is not JSON (RFC 8259): no comments, no trailing commas, names in double quotes. The caret stands where reading stopped; the mistake may be just before. A YAML file needs the extension .yaml.',
  E_LABEL_NAME:
    'A label has no usable name: it is empty, begins or ends with white space, or has a control character in it.',
  E_LIMIT_DEPTH:
    'Lists and objects are nested deeper than any model needs. The limit keeps a hostile file from exhausting the stack.',
  E_LIMIT_NAME:
    'A name has more than 200 bytes of UTF-8. Shorten it; a long text belongs into "description".',
  E_LIMIT_NUMBER:
    'A number has more digits than are read exactly, or the fractions of a row have no common denominator of reasonable size. Exact arithmetic would take forever with it; write fewer digits.',
  E_LIMIT_SIZE:
    'The input is larger than can be read at once. Split it, or write the model in a more compact form.',
  E_LIMIT_TEXT: 'A text such as "description" or "source" is too long for a model file.',
  E_MODEL_NAME:
    'The name of the model is empty, begins or ends with white space, or has a control character in it.',
  E_NO_ACTIONS:
    'A state has no action, so a policy has nothing to do in it. Give it one, or list the state in "terminal": it then stays where it is.',
  E_PROB_PRECISION:
    'A probability is not 0 but so small that a double would round it to 0, so that sampled and exact results would speak of different models. Write 0, or a larger number.',
  E_PROB_RANGE: 'A probability is below 0 or above 1. Percentages are written as decimals: 0.3, not 30.',
  E_ROW_SUM:
    'The probabilities of one action do not sum to 1. The written decimals are taken exactly: 0.333 + 0.667 is 1, 0.33 + 0.66 is not. Write fractions such as "1/3", or let --normalize-rows divide every row by its sum; the result records it.',
  E_SCHEMA:
    'A value has the wrong type or form, such as a list where an object is wanted. `mdpower schema` prints the whole form.',
  E_STATE_NAME:
    'A state has no usable name: it is empty, begins or ends with white space, has a control character in it, or equals another name in another way of writing (NFC).',
  E_TERMINAL:
    'A state is in "terminal" and has a row in "transitions" too. A terminal state has the one action `stay`; keep one of the two.',
  E_UNKNOWN_KEY:
    'The file has a key that means nothing here, most often a typing error. Nothing is ignored silently; delete it or correct it.',
  E_UNKNOWN_STATE:
    'A state is named that is not in "states". Names are compared letter by letter, upper and lower case apart.',
  E_VERSION:
    'The "mdpower" key names a version of the model format that this program cannot read. Version 1 is the only one.',
  E_YAML_SYNTAX:
    'The file is not YAML 1.2, or uses a feature that could hide something (aliases, tags, merge keys, several documents).',
  W_EMPTY_LABEL: 'A label belongs to no state. It has no effect.',
  W_EQUAL_ACTIONS:
    'Two actions of a state have exactly the same probabilities. They are one choice for POWER and optimality (Turner et al. 2021, Def. 6.7); both are reported, with the value of their class.',
  W_LARGE:
    'The model has so many transitions that runs take long. Fewer samples or discounts help; so do more threads.',
  W_ONE_POLICY:
    'No state has a choice, so there is one policy and every action is optimal. POWER is then an expected reward, without any choice in it.',
  W_ROWS_NORMALIZED:
    'Rows that did not sum to 1 were divided by their sums because --normalize-rows was given. The results are those of the scaled model.',
  W_ROWS_ROUNDED:
    'Rows summed to 1 within 1e-12, as printed doubles do, and were divided by their sums. Write fractions to have them exact.',
  W_START_NO_CHOICE:
    'The start state has one distinct action only, so that its optimality probabilities say nothing.',
  W_UNREACHABLE:
    'No sequence of actions leads from the start to these states. They are computed all the same; they are often a mistake in the model.',
};
