import { readdirSync, readFileSync } from 'node:fs';
import { parseModel } from '../../src/mdp/parse.js';

/** Names of states and actions of the corpus that are accepted. */
function corpusNames(): string[] {
  return ['either', 'accept'].flatMap((folder) =>
    readdirSync(`fixtures/bad/${folder}`).flatMap((file) => {
      try {
        const mdp = parseModel(readFileSync(`fixtures/bad/${folder}/${file}`), { source: file });
        return mdp.stateCount > 50 ? [] : [...mdp.states, ...mdp.actions];
      } catch {
        return [];
      }
    }),
  );
}

const more = [
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '＝1+1',
    'a\\b',
    "'",
    '"',
    '`',
    '``` js',
    'a,b',
    'a;b',
    '-',
    '--',
    '-rf',
    '--gamma',
  ],
  ...[
    '<b>',
    '<img src=x onerror=alert(1)>',
    '&lt;',
    '&#x3c;',
    '&copy',
    ']]>',
    '<!--',
    '-->',
    '<?xml?>',
    '<![CDATA[',
  ],
  ...[
    'javascript:alert(1)',
    'https://evil.example/',
    'www.evil.example',
    'a@evil.example',
    '![x](https://evil.example)',
  ],
  ...[
    '\\input{/etc/passwd}',
    '\\write18{id}',
    '\\end{document}',
    '$x$',
    '%',
    '#1',
    '_',
    '^^M',
    '~',
    '{',
    '}',
    '\\',
    '\\\\',
  ],
  ...[
    '\\N',
    '\\G',
    '\\l',
    'a"]; b [URL="https://evil.example"',
    '<B>bold</B>',
    '/*',
    '//',
    '#define',
    'node',
    'graph',
    '->',
  ],
  ...[
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a name
    '${process.exit(1)}',
    '{{7*7}}',
    '#{7*7}',
    '<%= 7 %>',
    '%s%n',
    '%COMSPEC%',
    '$HOME',
    '`id`',
    '$(id)',
    '; id',
    '| id',
  ],
  ...[
    '::error::x',
    '::set-output name=a::b',
    '# heading',
    '1. item',
    '- item',
    '+ item',
    '> quote',
    '| a | b |',
    '---',
    '===',
  ],
  ...[
    'NUL',
    'COM1.txt',
    '..',
    '.',
    '~root',
    'C:\\x',
    'a/b',
    '\\\\host\\share',
    'aux.json',
    'con',
    '.htaccess',
    '*',
    '?',
  ],
  ...[
    'null',
    'true',
    '1e5',
    '0x10',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'then',
    'length',
  ],
  ...[
    'é',
    '日本語',
    '💥',
    'ℓ_◁',
    '★',
    'ﬁ',
    'שלום',
    'مرحبا',
    'a'.repeat(200),
    '·',
    '−',
    '≤',
    '==',
    '(',
    ')',
    '(a b)',
  ],
  ...[
    'datum.x',
    'datum["x"]',
    'self.constructor',
    "');alert(1);('",
    "'];alert(1)//",
    'parent.state',
    'url(x)',
    'style',
  ],
];

/** Names that try to be markup, formulas, commands, paths, properties; distinct, also after NFC. */
export const hostileNames: readonly string[] = [
  ...new Set([...corpusNames(), ...more].map((name) => name.normalize('NFC'))),
].sort();
