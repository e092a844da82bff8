// Compiles src/solve/kernel.as/kernel.ts to WebAssembly and writes it as src/solve/kernel/kernel-bytes.ts, so that the core
// needs no file at run time. Part of `npm run build`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
let binary;
const { error, stderr } = await asc.main(
  [
    'src/solve/kernel.as/kernel.ts',
    '--baseDir',
    root,
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--noAssert',
    '-O3',
    '--importMemory',
    '--outFile',
    'kernel.wasm',
  ],
  {
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents;
    },
  },
);
if (error) {
  console.error(stderr.toString());
  throw error;
}
writeFileSync(
  `${root}src/solve/kernel/kernel-bytes.ts`,
  `// Made by bin/build-kernel.js from kernel.as/kernel.ts.\nexport const kernelBytes: string =\n  '${Buffer.from(binary).toString('base64')}';\n`,
);
