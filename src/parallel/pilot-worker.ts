import { parentPort, workerData } from 'node:worker_threads';
import { planPilots } from '../power/estimator.js';
import { modelOf, revivedDiscount } from './message.js';
import type { PilotReply, PilotStart } from './pilots.js';

/** The thread that pilots.ts starts: runs the pilots of some discounts. */
function pilotsOf({ model, law, sampler, discounts }: PilotStart): PilotReply {
  const plan = planPilots({ ...law, mdp: modelOf(model) }, sampler);
  return discounts.map((discount) => [discount.text, plan!.pilotAt(revivedDiscount(discount))]);
}

parentPort?.postMessage(pilotsOf(workerData as PilotStart));
