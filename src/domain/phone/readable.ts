/** A number in groups, as it is read aloud; that of an unknown plan stays as it is. */
export function readableNumber(phone: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  if (american) return `+1 ${american[1]} ${american[2]}-${american[3]}`;
  const british = /^\+44(\d{2,4}?)(\d{3,4})(\d{4})$/.exec(phone);
  if (british) return `+44 ${british[1]} ${british[2]} ${british[3]}`;
  return phone;
}
