/** Remembers the last result: a screen asks the same thing many times between changes. What is given is compared by identity. */
export function lastOnly<A extends readonly unknown[], R>(make: (...given: A) => R): (...given: A) => R {
  let last: { readonly given: A; readonly made: R } | undefined;
  return (...given) => {
    if (!last || given.some((one, index) => one !== last?.given[index])) last = { given, made: make(...given) };
    return last.made;
  };
}
