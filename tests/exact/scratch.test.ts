import { it } from 'vitest';
import { meanOf, massOf } from '../../src/exact/law.js';
import { integrateRegion } from '../../src/exact/face-integrals.js';
import { clipCube } from '../../src/exact/clipped-cube.js';
import { ratio, ratioText, ZERO_RATIO, ONE_RATIO, multiply, add } from '../../src/number/ratio.js';
import { polynomialText } from '../../src/number/polynomial.js';
it('x', () => {
  // max of 3
  const f = [[1n,0n,0n],[0n,1n,0n],[0n,0n,1n]];
  const reg = (f: bigint[][], i: number, den: bigint, law: boolean) => integrateRegion(f[0]!.length, f.flatMap((g, j) => j === i ? [] : [{ normal: g.map((x, c) => f[i]![c]! - x), offset: 0n }]), { coefficients: f[i]!, constant: 0n, denominator: den }, law);
  const r = reg(f, 0, 1n, true);
  console.log(ratioText(r.volume), ratioText(r.integral), r.law!.knots.map(ratioText), r.law!.pieces.map((p) => polynomialText(p, 't')));
  // fig 1 at gamma=1/2: (1-g)/g (f - e): coords ∅, l◁, l↖, l↙, r▷, r↗, r↘
  for (const [gn, gd] of [[1n,2n],[9n,10n],[99n,100n],[1n,10n]] as const) {
  // use V/(…) : ((1-g)/g)(f-e_s): first step coefficient (1-g), then (1-g) g, ...
  const g = ratio(gn, gd), omg = ratio(gd - gn, gd);
  const cyc = (k: number) => { // (1-g) g^k/(1-g^2)
    let x = multiply(omg, ratio(gd*gd, gd*gd - gn*gn)); for (let i=0;i<k;i++) x = multiply(x,g); return x; };
  const vec = [
    [ONE_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO],
    [ZERO_RATIO, omg, ZERO_RATIO, g, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO],
    [ZERO_RATIO, omg, cyc(1), cyc(2), ZERO_RATIO, ZERO_RATIO, ZERO_RATIO],
    [ZERO_RATIO, omg, cyc(2), cyc(1), ZERO_RATIO, ZERO_RATIO, ZERO_RATIO],
    [ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, omg, g, ZERO_RATIO],
    [ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, omg, ZERO_RATIO, g],
  ];
  let den = 1n; for (const v of vec) for (const x of v) den = den * x.d;
  const fi = vec.map((v) => v.map((x) => x.n * (den / x.d)));
  const t0 = performance.now();
  let sum = ZERO_RATIO, tot = ZERO_RATIO;
  for (let i = 0; i < fi.length; i++) { const t1 = performance.now(); const r = reg(fi, i, den, false); console.log(i, ratioText(r.volume), ratioText(r.integral), (performance.now() - t1).toFixed(0)); sum = add(sum, r.integral); tot = add(tot, r.volume); }
  console.log(ratioText(sum), ratioText(tot), performance.now() - t0);
  }
});
