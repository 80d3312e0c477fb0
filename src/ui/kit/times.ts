/** `0:42`, `12:05`, `1:02:09`: a length of time in seconds; never negative. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

/** `17:05`: minutes since midnight as a clock shows them; `tomorrow` and later days are the caller's business. */
export function clockFace(minutes: number): string {
  const whole = Math.floor(minutes);
  return `${String(Math.floor(whole / 60) % 24).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
