/** Whose tokens are taken beside our own: those of the game's identity provider. */
export interface IdentityProviderConfig {
  /** Where its public keys are (a JWK set, RFC 7517). */
  readonly jwksUrl: string;
  /** The exact `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` by which its tokens say that they are meant for this service. */
  readonly audience: string;
}

type ProviderVariables = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/** The `iss` and `aud` of the tokens that Muster signs itself; no provider may go by this name. */
export const OWN_ISSUER = "muster";

const NAMES = ["JWKS_URL", "JWKS_ISSUER", "JWKS_AUDIENCE"] as const;
const WORD = /^[\x21-\x7e]{1,255}$/;

/** All three variables or none. Keys that came without TLS could be anybody's, so https it is outside of development. */
export function parseIdentityProvider(
  variables: ProviderVariables,
  isDevelopment: boolean,
  problems: string[],
): IdentityProviderConfig | null {
  const [address = "", issuer = "", audience = ""] = NAMES.map((name) => variables[name] ?? "");
  if (address === "" && issuer === "" && audience === "") return null;
  for (const name of NAMES) {
    if ((variables[name] ?? "") === "")
      problems.push(`${name} is not set; an identity provider needs ${NAMES.join(", ")}`);
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (address !== "" && (url === null || !isAllowedAddress(url, isDevelopment))) {
    problems.push(
      "JWKS_URL is not an https address without a user in it; http is allowed only where ENVIRONMENT is development",
    );
  }
  if (issuer !== "" && !WORD.test(issuer)) problems.push("JWKS_ISSUER has spaces, or more than 255 characters");
  if (issuer === OWN_ISSUER) problems.push(`JWKS_ISSUER is "${OWN_ISSUER}", which is the name of Muster's own tokens`);
  if (audience !== "" && !WORD.test(audience)) problems.push("JWKS_AUDIENCE has spaces, or more than 255 characters");
  return url === null ? null : { jwksUrl: url.href, issuer, audience };
}

function isAllowedAddress({ protocol, username, password }: URL, isDevelopment: boolean): boolean {
  const isProtected = protocol === "https:" || (isDevelopment && protocol === "http:");
  return isProtected && username === "" && password === "";
}
