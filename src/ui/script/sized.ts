import type { CSSProperties } from "react";

/** The size of the words as the agent has chosen it, in CSS pixels; the style sheet fits it to very small and very large screens. */
export function sized(size: number): CSSProperties & { readonly "--words": string } {
  return { "--words": `${size}px` };
}
