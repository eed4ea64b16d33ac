/** `<REGION>-<secret>`, as people type it: in either case, with the letters that Crockford's base32 reads as digits. */
const PARTY_CODE = /^([A-Za-z][A-Za-z0-9_]{0,15})-([0-9A-Za-z]{8,32})$/;

export interface PartyAddress {
  readonly region: string;
  /** In the form in which the region keeps it. */
  readonly code: string;
}

/** Which region to ask for a party, or null if the text is no party code of a configured region. */
export function addressOfParty(text: string, regions: readonly string[]): PartyAddress | null {
  const [, name = "", typed = ""] = PARTY_CODE.exec(text) ?? [];
  const region = name.toUpperCase();
  if (!regions.includes(region)) return null;
  const secret = typed.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return { region, code: `${region}-${secret}` };
}
