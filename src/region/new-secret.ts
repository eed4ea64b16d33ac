/** Crockford's base32: no I, L, O or U, so that nobody reads one letter for another. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET_DIGITS = 10;

/**
 * 50 random bits that a person can read out. Among the 20,000 parties that a region may hold, a guess hits one in
 * 5 · 10¹⁰; the rate limit of a player allows 300 guesses a minute.
 */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_DIGITS));
  // 256 is a multiple of 32, so every digit is equally likely.
  return Array.from(bytes, (byte) => DIGITS[byte % DIGITS.length]).join("");
}
