/** What the lists of one language hold; the prospects are put together from them. */
export interface Names {
  readonly women: readonly FullName[];
  readonly men: readonly FullName[];
  readonly positions: readonly string[];
  /** One for each prospect. */
  readonly companies: readonly string[];
  readonly cities: readonly (readonly [city: string, timeZone: string])[];
  readonly abouts: readonly string[];
}
export interface FullName { readonly firstName: string; readonly middleName?: string; readonly lastName: string }
