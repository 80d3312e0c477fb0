import type { PhoneAccount } from "#wire/api.ts";
import { request } from "./http.ts";

/** The signed-in person's line; asked for at every use and kept in memory only. Rejects when there is none. */
export async function phoneAccount(): Promise<PhoneAccount> {
  const answer = await request<PhoneAccount>("GET", "/api/phone/account");
  if (!answer.ok) throw new Error(answer.why);
  return answer.body;
}

/** STUN and TURN servers as the browser wants them; their credentials are short-lived. */
export async function iceServers(): Promise<RTCIceServer[]> {
  const { iceServers: servers } = await phoneAccount();
  return servers.map(({ urls, ...credentials }) => ({ urls: typeof urls === "string" ? urls : [...urls], ...credentials }));
}
