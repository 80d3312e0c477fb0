import type { Plugin } from "vite";
export function withoutForeignHosts(text: string): string;
export function foreignHosts(text: string): readonly string[];
export function noForeignHosts(): Plugin;
export function ownParts(): Plugin;
