/** The browser's half of "test the connection", by itself. */
import { checkBrowser } from "#client/admin/browserCheck.ts";

const page = { checkBrowser };
export type CheckPage = typeof page;
Object.assign(window, { page });
