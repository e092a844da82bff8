import fc from 'fast-check';

// Every property draws the same cases in every run; what is drawn anew belongs into `npm run test:slow`.
fc.configureGlobal({ seed: 20211203 });
