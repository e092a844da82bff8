/** Symbols that are set in math mode: character to command, without the dollars. All are in LaTeX itself or in amssymb. */
const COMMANDS = `
α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda μ mu ν nu
ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega
Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega µ mu
ℓ ell ℏ hbar ∂ partial ∇ nabla ∅ varnothing ∞ infty ∀ forall ∃ exists ∄ nexists ¬ neg ∑ sum ∏ prod ∫ int √ surd
± pm ∓ mp × times ÷ div · cdot ∗ ast ⋆ star ∘ circ ∙ bullet • bullet ● bullet ○ bigcirc ◯ bigcirc ⊕ oplus ⊖ ominus ⊗ otimes ⊙ odot
≤ leq ≥ geq ≠ neq ≈ approx ≡ equiv ∼ sim ≃ simeq ≅ cong ∝ propto ≪ ll ≫ gg ≺ prec ≻ succ ⪯ preceq ⪰ succeq
∈ in ∉ notin ∋ ni ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∪ cup ∩ cap ∖ setminus ∧ wedge ∨ vee ⊤ top ⊥ perp ⊢ vdash
← leftarrow → rightarrow ↑ uparrow ↓ downarrow ↔ leftrightarrow ↕ updownarrow ↖ nwarrow ↗ nearrow ↘ searrow ↙ swarrow
⇐ Leftarrow ⇒ Rightarrow ⇑ Uparrow ⇓ Downarrow ⇔ Leftrightarrow ↦ mapsto ⟶ longrightarrow ⟵ longleftarrow
↺ circlearrowleft ↻ circlearrowright ↶ curvearrowleft ↷ curvearrowright ⇄ rightleftarrows ⇆ leftrightarrows
★ bigstar ◁ triangleleft ▷ triangleright △ triangle ▽ triangledown ▲ blacktriangle ▼ blacktriangledown ◀ blacktriangleleft
▶ blacktriangleright ⊲ vartriangleleft ⊳ vartriangleright ■ blacksquare □ square ◆ blacklozenge ◇ lozenge ◊ lozenge
✓ checkmark ♠ spadesuit ♣ clubsuit ♥ heartsuit ♦ diamondsuit ♭ flat ♮ natural ♯ sharp † dagger ‡ ddagger
⟨ langle ⟩ rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ‖ Vert ′ prime ℵ aleph ℜ Re ℑ Im ℘ wp ∠ angle ⋯ cdots ⋮ vdots ⋱ ddots
`;

/** What takes more than one command. */
const OTHERS: readonly (readonly [string, string])[] = [
  ...[...'ℝRℕNℤZℚQℂCℙP'].flatMap((c, i, all) =>
    i % 2 === 0 ? [[c, `\\mathbb{${all[i + 1]}}`] as const] : [],
  ),
  ...[...'₀₁₂₃₄₅₆₇₈₉'].map((c, digit) => [c, `{}_{${digit}}`] as const),
  ...[...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((c, digit) => [c, `{}^{${digit}}`] as const),
  ['°', '{}^{\\circ}'],
  ['−', '-'],
];

/** Character to what stands for it in math mode. */
export const mathSymbols: ReadonlyMap<string, string> = new Map([
  ...[...COMMANDS.matchAll(/(\S+) ([A-Za-z]+)/gu)].map(
    ([, symbol, command]) => [symbol!, `\\${command}`] as const,
  ),
  ...OTHERS,
]);

/** Characters with a command of text mode, in the old encoding OT1 too. */
export const textSymbols: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['%', '\\%'],
  ['_', '\\_'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['`', '\\textasciigrave{}'],
  ['"', '\\symbol{34}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ['|', '\\textbar{}'],
  // In braces neither \\ nor a rule takes these for an argument.
  ['[', '{[}'],
  ['*', '{*}'],
  ['\u00a0', '~'],
  ['ß', '\\ss{}'],
  ['æ', '\\ae{}'],
  ['Æ', '\\AE{}'],
  ['œ', '\\oe{}'],
  ['Œ', '\\OE{}'],
  ['ø', '\\o{}'],
  ['Ø', '\\O{}'],
  ['ł', '\\l{}'],
  ['Ł', '\\L{}'],
  ['ı', '\\i{}'],
  ['¡', '\\textexclamdown{}'],
  ['¿', '\\textquestiondown{}'],
  ['§', '\\S{}'],
  ['¶', '\\P{}'],
  ['©', '\\copyright{}'],
  ['£', '\\pounds{}'],
  ['…', '\\dots{}'],
  ['–', '--'],
  ['—', '---'],
  ['‘', '`'],
  ['’', "'"],
  ['“', '``'],
  ['”', "''"],
]);

/** Combining marks that LaTeX has an accent for, in the old encoding OT1 too. */
export const accents: ReadonlyMap<string, string> = new Map([
  ['\u0300', '`'],
  ['\u0301', "'"],
  ['\u0302', '^'],
  ['\u0303', '~'],
  ['\u0304', '='],
  ['\u0306', 'u'],
  ['\u0307', '.'],
  ['\u0308', '"'],
  ['\u030a', 'r'],
  ['\u030b', 'H'],
  ['\u030c', 'v'],
  ['\u0323', 'd'],
  ['\u0327', 'c'],
  ['\u0331', 'b'],
]);
