import { expect, test } from "vitest";
import { ProviderKeys, ProviderUnavailable } from "../../../src/http/auth/provider-keys.ts";
import { ProviderTokens } from "../../../src/http/auth/provider-tokens.ts";
import { IdentityProvider, PROVIDER } from "../builders/an-identity-provider.ts";

const START_MS = 1_700_000_000_000;
const MINUTE_MS = 60_000;
const HEADER = { alg: "ES256", kid: "key-0" };

/** The keys as one isolate holds them, and a clock to turn. */
async function isolate() {
  const provider = await IdentityProvider.with("ES256");
  const clock = { nowMs: START_MS };
  const keys = new ProviderKeys(PROVIDER.jwksUrl, provider.fetchKeys, () => clock.nowMs);
  return { provider, clock, keys };
}

const troubles: Record<string, () => Promise<Response>> = {
  "does not answer": async () => {
    throw new TypeError("fetch failed");
  },
  "answers in time with nothing": async () => {
    throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
  },
  "answers with a fault": async () => new Response("oops", { status: 500 }),
  "sends elsewhere": async () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1/" } }),
  "answers with a page": async () => new Response("<html>", { status: 200 }),
  "answers with other JSON": async () => Response.json({ keys: "none" }),
  "answers without end": async () => Response.json({ keys: [{ kty: "EC", x: "x".repeat(200_000) }] }),
};

test("the keys are fetched once for many tokens, when the first needs one", async () => {
  const { provider, keys } = await isolate();
  expect(provider.fetches).toBe(0);
  await keys.keyOf(HEADER);
  await keys.keyOf(HEADER);
  expect(provider.fetches).toBe(1);
});

test.each(Object.keys(troubles))("a provider that %s is unavailable, not a fault of the token", async (kind) => {
  const { provider, clock, keys } = await isolate();
  provider.trouble = troubles[kind] ?? null;
  await expect(keys.keyOf(HEADER)).rejects.toBeInstanceOf(ProviderUnavailable);
  provider.trouble = null;
  clock.nowMs += 5_000;
  await keys.keyOf(HEADER);
});

test.each(Object.keys(troubles))(
  "with keys that are known, a provider that %s is not missed for a day",
  async (kind) => {
    const { provider, clock, keys } = await isolate();
    await keys.keyOf(HEADER);
    provider.trouble = troubles[kind] ?? null;
    clock.nowMs += 24 * 60 * MINUTE_MS;
    await keys.keyOf(HEADER);
    clock.nowMs += MINUTE_MS;
    await expect(keys.keyOf(HEADER)).rejects.toBeInstanceOf(ProviderUnavailable);
  },
);

test("a provider that is away is asked once in five seconds, however many tokens come", async () => {
  const { provider, clock, keys } = await isolate();
  provider.trouble = troubles["does not answer"] ?? null;
  for (let call = 0; call < 10; call += 1) await keys.keyOf(HEADER).catch(() => null);
  expect(provider.fetches).toBe(1);
  clock.nowMs += 5_000;
  await keys.keyOf(HEADER).catch(() => null);
  expect(provider.fetches).toBe(2);
});

test("while one call fetches the keys again the others go on with those there are", async () => {
  const { provider, clock, keys } = await isolate();
  await keys.keyOf(HEADER);
  clock.nowMs += 10 * MINUTE_MS;
  let answer: (response: Response) => void = () => {};
  provider.trouble = () => new Promise((resolve) => (answer = resolve));
  const first = keys.keyOf(HEADER);
  await keys.keyOf(HEADER);
  expect(provider.fetches).toBe(2);
  answer(Response.json({ keys: provider.published }));
  await first;
});

test("a key that was taken back is refused after ten minutes", async () => {
  const { provider, clock, keys } = await isolate();
  await provider.addKey("ES256");
  await keys.keyOf(HEADER);
  provider.published = provider.published.slice(1);
  clock.nowMs += 10 * MINUTE_MS - 1;
  await keys.keyOf(HEADER);
  clock.nowMs += 1;
  await expect(keys.keyOf(HEADER)).rejects.toThrow("no applicable key");
});

test("a token signed with a key that was taken back is not believed for longer than ten minutes", async () => {
  const { provider, clock } = await isolate();
  const tokens = new ProviderTokens(PROVIDER, provider.fetchKeys, () => clock.nowMs);
  const token = await provider.token("ada", START_MS);
  expect(await tokens.verify(token, clock.nowMs)).not.toBeNull();
  await provider.addKey("ES256");
  provider.published = provider.published.slice(1);
  clock.nowMs += 10 * MINUTE_MS;
  expect(await tokens.verify(token, clock.nowMs)).toBeNull();
});

test("made-up key ids do not make the keys be fetched again and again", async () => {
  const { provider, keys } = await isolate();
  await keys.keyOf(HEADER);
  for (let call = 0; call < 10; call += 1) {
    await expect(keys.keyOf({ alg: "ES256", kid: `made-up-${call}` })).rejects.toThrow("no applicable key");
  }
  expect(provider.fetches).toBe(1);
});
