// Runs after `npm ci` in a clone: compiles src/ to dist/. An install without development packages has no
// compiler; it keeps a dist/ that is already there, and otherwise says what is missing instead of failing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (existsSync(`${root}node_modules/typescript`)) {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
} else if (!existsSync(`${root}dist/cli/main.js`)) {
  console.error(
    'mdpower: dist/ is not built: install with development packages (npm ci), or use the published package.',
  );
}
