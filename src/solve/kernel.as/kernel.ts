// AssemblyScript: what the module exports.
export { decide, tally } from './decide';
export { draw, drawSobol, drawUnit } from './draw';
export { climb, passBack, startLow } from './climb';
export { centre, sizes } from './measure';
export { judge, judgeAndCompare } from './judge';
export { iteratePolicies } from './policies';
export { adjust, average, reach, tallySets } from './reduce';
export { extrapolate, relax, step } from './relax';
export { accumulate, powers } from './sums';
export { sweep } from './sweep';
export { narrow, sweepSingle, widen } from './sweep-single';
