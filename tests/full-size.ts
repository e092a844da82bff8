/**
 * A number of cases: `quick` in `npm test`, `full` in `npm run test:slow`, where every test file that imports this one
 * runs again.
 */
export function sized<T>(quick: T, full: T): T {
  return process.env.MDPOWER_FULL_SIZE === '1' ? full : quick;
}
