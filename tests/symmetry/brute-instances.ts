import {
  endsOf,
  involutions,
  isBottleneck,
  isCopy,
  movedEnd,
  movedKey,
  reachAfter,
  sharesOf,
  type Visits,
  visitsFrom,
} from '../oracles/brute-certificates.js';
import type { ExactModel } from '../oracles/exact-model.js';
import { exposedPoints } from '../oracles/exposed-points.js';

/** What is true of an instance: whether some involution shows it (and how many do), and whether one shows it strictly. */
interface Truth {
  readonly count: number;
  readonly strict: boolean;
}

/** Everything about one deterministic model by definition, computed when asked for. */
export function bruteInstances(model: ExactModel): {
  readonly phis: readonly number[][];
  visits(s: number, at?: readonly [number, number]): Visits[];
  nondominated(s: number): Visits[];
  ofStates(s: number, other: number): Truth;
  ofActions(s: number, a: number, b: number): Truth & { part1: boolean; part2: boolean };
  averageOfStates(s: number, other: number): Truth;
  averageOfActions(s: number, a: number, b: number): Truth;
  bottleneck(start: number, s: number, a: number, b: number): boolean;
  mostCopies(s: number, a: number, b: number): number;
  oneCycles(s: number): number[];
  cycles(s: number, at?: readonly [number, number]): string[];
  bestCycles(s: number): string[];
} {
  const phis = involutions(model.length);
  const visits = memo((key: string): Visits[] => {
    const [s, x, a] = key.split(' ').map(Number);
    return visitsFrom(model, s!, x === undefined ? undefined : [x, a!]);
  });
  const visitsOf = (s: number, at?: readonly [number, number]): Visits[] =>
    visits(at === undefined ? `${s}` : `${s} ${at[0]} ${at[1]}`);
  const nondominated = memo((s: number): Visits[] => {
    const all = visitsOf(s);
    const exposed = exposedPoints(all.map((one) => discounted(one, model.length)));
    return all.filter((_, i) => exposed[i]);
  });
  const cycles = (s: number, at?: readonly [number, number]): string[] => endsOf(model, visitsOf(s, at), s);
  const bestCycles = memo((s: number): string[] => {
    const all = cycles(s);
    const exposed = exposedPoints(
      all.map((text) => {
        const shares = new Map(sharesOf(text));
        return model.map((_, x) => shares.get(x)?.valueOf() ?? 0);
      }),
    );
    return all.filter((_, i) => exposed[i]);
  });
  const truth = (holds: (phi: number[]) => boolean, isStrict: (phi: number[]) => boolean): Truth => {
    const good = phis.filter(holds);
    return { count: good.length, strict: good.some(isStrict) };
  };
  return {
    phis,
    visits: visitsOf,
    nondominated,
    cycles,
    bestCycles,
    ofStates: (s, other) =>
      truth(
        (phi) => isCopy(nondominated(other), phi, visitsOf(s)),
        (phi) => {
          const copies = new Set(nondominated(other).map((one) => movedKey(one, phi)));
          return nondominated(s).some(({ key }) => !copies.has(key));
        },
      ),
    ofActions: (s, a, b) => {
      const [some, others] = [visitsOf(s, [s, a]), visitsOf(s, [s, b])];
      const some1 = new Set(some.map(({ key }) => key));
      const rows = [model[s]![a]!, model[s]![b]!] as const;
      return {
        ...truth(
          (phi) => isCopy(others, phi, some),
          (phi) => {
            const copies = new Set(others.map((one) => movedKey(one, phi)));
            return nondominated(s).some(({ key }) => some1.has(key) && !copies.has(key));
          },
        ),
        part1: !reachAfter(model, [rows[1]]).has(s),
        part2: isBottleneck(model, s, s, rows),
      };
    },
    averageOfStates: (s, other) =>
      truth(
        (phi) => bestCycles(other).every((cycle) => cycles(s).includes(movedEnd(cycle, phi))),
        (phi) => {
          const copies = bestCycles(other).map((cycle) => movedEnd(cycle, phi));
          return bestCycles(s).some((cycle) => !copies.includes(cycle));
        },
      ),
    averageOfActions: (s, a, b) => {
      const [some, others] = [cycles(s, [s, a]), cycles(s, [s, b])];
      const used = new Set([...some, ...others].flatMap(statesOf));
      const rest = bestCycles(s).filter((cycle) => !some.includes(cycle) && !others.includes(cycle));
      if (rest.some((cycle) => statesOf(cycle).some((x) => used.has(x)))) return { count: 0, strict: false };
      return truth(
        (phi) => others.every((cycle) => some.includes(movedEnd(cycle, phi))),
        (phi) => {
          const copies = others.map((cycle) => movedEnd(cycle, phi));
          return bestCycles(s).some((cycle) => some.includes(cycle) && !copies.includes(cycle));
        },
      );
    },
    bottleneck: (start, s, a, b) => {
      const rows = [model[s]![a]!, model[s]![b]!] as const;
      if (start === s || !reachAfter(model, model[start]!).has(s)) return false;
      if (!isBottleneck(model, start, s, rows)) return false;
      const after = new Set(rows.flatMap((row) => [...reachAfter(model, [row])]));
      const keys = new Set(nondominated(start).map(({ key }) => key));
      const wanted = visitsOf(start, [s, b]).filter(({ key }) => keys.has(key));
      const some = visitsOf(start, [s, a]);
      return phis.some((phi) => phi.every((to, x) => to === x || after.has(x)) && isCopy(wanted, phi, some));
    },
    mostCopies: (s, a, b) => {
      const [some, others] = [cycles(s, [s, a]), cycles(s, [s, b])];
      const moved = (set: readonly string[], phi: readonly number[]): string[] =>
        set.map((end) => movedEnd(end, phi)).sort();
      const own = others.toSorted().join(';');
      const copies = phis
        .map((phi) => ({ phi, copy: moved(others, phi) }))
        .filter(({ copy }) => copy.join(';') !== own && copy.every((end) => some.includes(end)));
      type Copies = typeof copies;
      const keeps = (phi: readonly number[], copy: readonly string[]): boolean =>
        moved(copy, phi).join(';') === copy.join(';');
      const most = (chosen: Copies, left: Copies): number => {
        let best = chosen.length;
        left.forEach(({ phi, copy }, i) => {
          const fits = chosen.every(
            (other) =>
              other.copy.join(';') !== copy.join(';') && keeps(phi, other.copy) && keeps(other.phi, copy),
          );
          if (fits) best = Math.max(best, most([...chosen, left[i]!], left.slice(i + 1)));
        });
        return best;
      };
      return most([], copies);
    },
    oneCycles: (s) =>
      cycles(s)
        .filter((cycle) => !cycle.includes(','))
        .map((cycle) => Number(cycle.split(' ')[0])),
  };
}

function statesOf(end: string): number[] {
  return sharesOf(end).map(([x]) => x);
}

/** (1−γ)·f(γ) at γ = 1/2 in doubles: deterministic visits are periodic after |S| steps, so that the sum is finite. */
function discounted({ laws }: Visits, size: number): number[] {
  const path = laws.map((law) => Number([...law.keys()][0]!));
  const cycleStart = path.lastIndexOf(path.at(-1)!, -2);
  const period = path.length - 1 - cycleStart;
  const visits = new Array<number>(size).fill(0);
  for (let t = 0; t < 70; t++) {
    const index = t < path.length ? t : cycleStart + ((t - cycleStart) % period);
    visits[path[index]!]! += 2 ** -(t + 1);
  }
  return visits;
}

function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
