/**
 * One look at the database for all who ask at the same time: what is asked while `most` looks are under way goes together with
 * the next one, so that a busy server asks less often instead of standing in line. Every answer was read after it was asked for.
 */
export function gathered<K, V>(look: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>, most = 2): (key: K) => Promise<V | undefined> {
  let waiting: { readonly key: K; readonly resolve: (value: V | undefined) => void; readonly reject: (error: unknown) => void }[] = [];
  let running = 0;
  const next = async (): Promise<void> => {
    if (running >= most || waiting.length === 0) return;
    const asked = waiting;
    waiting = [];
    running += 1;
    try {
      const found = await look([...new Set(asked.map(({ key }) => key))]);
      for (const { key, resolve } of asked) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    running -= 1;
    void next();
  };
  return (key) => new Promise((resolve, reject) => {
    waiting.push({ key, resolve, reject });
    void next();
  });
}
