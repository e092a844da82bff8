// The native yardstick of `npm run bench -- --reference`: compiles reference/solve.cpp where there is a C++ compiler, hands
// it a workload with its rewards, and checks that its answer is ours.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCase } from './load-case.js';

const FLAGS = ['-std=c++17', '-O3', '-mavx2', '-mfma', '-Wno-psabi'];
const LANES = 8;
const GROUPS = 8;

/** The program, compiled into a directory of its own; `skipped` says why there is none. */
export function compileReference() {
  const compiler = ['g++', 'clang++'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (compiler === undefined) return { skipped: 'no C++ compiler (g++ or clang++) was found' };
  const folder = mkdtempSync(join(tmpdir(), 'mdpower-bench-'));
  const program = join(folder, 'solve');
  const source = fileURLToPath(new URL('reference/solve.cpp', import.meta.url));
  const { status, stderr } = spawnSync(compiler, [...FLAGS, '-o', program, source], { encoding: 'utf8' });
  const remove = () => rmSync(folder, { recursive: true });
  if (status !== 0) {
    remove();
    return { skipped: `${compiler} could not compile it: ${stderr.split('\n')[0]}` };
  }
  const version = execFileSync(compiler, ['--version'], { encoding: 'utf8' }).split('\n')[0];
  return { folder, program, remove, name: `${version}, ${FLAGS.slice(1, 4).join(' ')}` };
}

/** Writes a case to a file of the reference; returns what runs it once and gives CPU microseconds per reward function. */
export async function referenceOf({ folder, program }, root, test) {
  const { mdp, source, job, load } = await loadCase(root, test);
  const { structureOf } = await load('solve/structure.js');
  const { kernelOf } = await load('solve/kernel/kernel.js');
  const { cycleFactors } = await load('solve/kernel/climb-order.js');
  const { sampleSolver } = await load('power/solved-samples.js');
  const structure = structureOf(mdp);
  const { climbing } = kernelOf(structure);
  const { discount } = job.gammas[0];
  const count = LANES * GROUPS;
  const rewards = new Float64Array(mdp.stateCount * count);
  for (let group = 0; group < GROUPS; group++) {
    const part = rewards.subarray(LANES * mdp.stateCount * group, LANES * mdp.stateCount * (group + 1));
    source.fill(LANES * group, LANES, part);
  }
  const kinds = { climbing: climbing.isAcyclic ? 0 : 1, sweeps: 2, policies: 3 };
  const file = join(folder, `${test.kind}-${test.gamma}`);
  const lists = [
    structure.statePtr,
    structure.rowPtr,
    structure.successor,
    climbing.order,
    climbing.ptr,
    climbing.successor,
    Int32Array.from(climbing.canStay),
    climbing.cyclePtr,
    climbing.cycleState,
    structure.position,
    structure.probability,
    cycleFactors(climbing.cyclePtr, discount.gamma, discount.oneMinusGamma),
    rewards,
  ];
  return (solver) => {
    // A solver of its own for the columns, where the groups had none: policy iteration is what that comes to.
    const head = Int32Array.of(mdp.stateCount, GROUPS, structure.bandwidth, kinds[solver] ?? kinds.policies);
    const parts = [head, Float64Array.of(discount.gamma)];
    for (const list of lists) parts.push(Int32Array.of(list.length), list);
    writeFileSync(
      file,
      Buffer.concat(
        parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
      ),
    );
    const text = execFileSync(program, [file, String(test.milliseconds / 1000)], { encoding: 'utf8' });
    const [microseconds, mean] = text.split(' ').map(Number);
    const [{ power, error }] = sampleSolver(job)(0, count);
    const ours = power.subarray(0, count).reduce((sum, x) => sum + x, 0) / count;
    // Its own bound is 1e-6 before rounding.
    if (!(Math.abs(mean - ours) <= 2e-6 + Math.max(...error))) {
      throw new Error(`${test.kind} at gamma ${test.gamma}: the reference found ${mean}, we ${ours}`);
    }
    return microseconds;
  };
}
