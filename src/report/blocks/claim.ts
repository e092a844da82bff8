import type { SymmetryRow } from '../document.js';

/** A claim as an inequality; what "≥" means is said once in the report. */
export function shortClaim({
  theorem,
  state,
  action,
  other,
  copies,
  conjecture,
  certificate,
}: SymmetryRow): string {
  const proved = `for at least ${copies}/${(copies ?? 0) + 1} of every orbit`;
  const share =
    conjecture === null ? proved : `${proved} (the conjecture D.13, unproved, would give ${conjecture})`;
  switch (theorem) {
    case '6.6':
      return `POWER(${state}) ≥ POWER(${other})`;
    case '6.12':
      return `POWER(${state}) ≥ POWER(${other}) at γ = 1`;
    case '6.9(1)':
      return `in ${state}, POWER after ${action} ≥ POWER after ${other}`;
    case 'D.11':
      return `from ${state} by average reward, P(end after ${action}) ≥ P(end after ${other}) ${share}`;
    case '6.13':
      return `from ${state} by average reward, P(end after ${action}) ≥ P(end after ${other})`;
    case 'D.12':
      return `from ${state} by average reward, P(end elsewhere) ≥ P(end in ${other}) ${share}`;
    case 'E.47':
      return `from ${certificate.start}, P(${action} in ${state} optimal) ≥ P(${other} in ${state} optimal)`;
    default:
      return `in ${state}, P(${action} optimal) ≥ P(${other} optimal)`;
  }
}
