// AssemblyScript: what the module exports.
export { decide, tally } from './decide';
export { draw } from './draw';
export { centre, climb, passBack, sizes, startLow } from './climb';
export { iteratePolicies } from './policies';
export { accumulate, powers } from './sums';
export { sweep } from './sweep';
export { narrow, sweepSingle, widen } from './sweep-single';
