import { createStore, type StoreApi } from "zustand/vanilla";
import { emptyTraining, writeTraining, type TrainingLog } from "#domain/training/log.ts";
import type { Recorder } from "#client/facts/recorder.ts";

/** What the facts at hand say of training, grown fact by fact. */
export function openTrainingLog({ known }: Pick<Recorder, "known">): { readonly log: StoreApi<TrainingLog>; stop(): void } {
  let read = 0;
  const grown = (log: TrainingLog): TrainingLog => {
    const { facts } = known.getState();
    const fresh = facts.slice(read);
    read = facts.length;
    return writeTraining(log, fresh);
  };
  const log = createStore<TrainingLog>(() => grown(emptyTraining));
  return { log, stop: known.subscribe(() => { log.setState(grown, true); }) };
}
