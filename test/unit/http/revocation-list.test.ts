import { expect, it } from "vitest";
import type { Revocation } from "../../../src/core/revocations.ts";
import type { ChangesReadTo } from "../../../src/db/revocations.ts";
import { RevocationList } from "../../../src/http/auth/revocation-list.ts";

function aRevocation(playerId: string, changedAtMs: number, isLockedOut = true): Revocation {
  return { playerId, tokensFromMs: changedAtMs, isLockedOut, changedAtMs };
}

/** What D1 would answer, in its order. */
function readFrom(rows: readonly Revocation[]) {
  const asked: ChangesReadTo[] = [];
  const read = async (after: ChangesReadTo, limit: number) => {
    asked.push(after);
    return rows
      .filter(
        ({ changedAtMs, playerId }) =>
          changedAtMs > after.changedAtMs || (changedAtMs === after.changedAtMs && playerId > after.playerId),
      )
      .sort((a, b) => a.changedAtMs - b.changedAtMs || (a.playerId < b.playerId ? -1 : 1))
      .slice(0, limit);
  };
  return { asked, read };
}

it("the first reading brings everybody, page by page, also of the same instant", async () => {
  const list = new RevocationList();
  const everybody = Array.from({ length: 12_000 }, (_, index) => aRevocation(`player-${index}`, 1_000_000));
  await list.refresh(readFrom(everybody).read, 0);
  expect(everybody.filter(({ playerId }) => list.refusalOf(playerId, 0) !== "locked_out")).toEqual([]);
  expect(list.refusalOf("somebody-else", 0)).toBeNull();
});

it("later readings ask for what changed since, and for some before it: writers' clocks differ", async () => {
  const list = new RevocationList();
  const rows = [aRevocation("ann", 1_000_000)];
  await list.refresh(readFrom(rows).read, 0);
  rows.push(aRevocation("bob", 950_000));
  const { asked, read } = readFrom(rows);
  await list.refresh(read, 0);
  expect(asked[0]).toEqual({ changedAtMs: 940_000, playerId: "" });
  expect(list.refusalOf("bob", 0)).toBe("locked_out");
});

it("whoever was let in again is in; tokens from before stay void", async () => {
  const list = new RevocationList();
  list.put(aRevocation("ann", 10_000));
  list.put({ ...aRevocation("ann", 20_000, false), tokensFromMs: 10_000 });
  list.put(aRevocation("ann", 10_000));
  expect(list.refusalOf("ann", 9_000)).toBe("token_void");
  expect(list.refusalOf("ann", 10_000)).toBeNull();
});

it("a reading that fails takes nothing away that is known", async () => {
  const list = new RevocationList();
  list.put(aRevocation("ann", 10_000));
  await expect(list.refresh(() => Promise.reject(new Error("no")), 0)).rejects.toThrow("no");
  expect(list.refusalOf("ann", 99_000)).toBe("locked_out");
});

it("one caller in five seconds takes the turn to read", () => {
  const list = new RevocationList();
  expect([0, 1, 4_999, 5_000, 5_001].map((nowMs) => list.takeTurn(nowMs))).toEqual([true, false, false, true, false]);
});

it("is waited for before it was ever read, and when nobody has read it for ten seconds", async () => {
  const list = new RevocationList();
  expect(list.isOutOfDate(0)).toBe(true);
  await list.refresh(readFrom([]).read, 1_000_000);
  expect(list.isOutOfDate(1_009_999)).toBe(false);
  expect(list.isOutOfDate(1_010_000)).toBe(true);
});

it("is not waited for while there are calls: a reading begins in time", async () => {
  const list = new RevocationList();
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
    if (nowMs > 0) expect(list.isOutOfDate(nowMs)).toBe(false);
    if (list.takeTurn(nowMs)) await list.refresh(readFrom([]).read, nowMs);
  }
});

it("is not waited for again after a reading failed, until one has come back", async () => {
  const list = new RevocationList();
  list.stopWaiting();
  expect(list.isOutOfDate(99_000)).toBe(false);
  await list.refresh(readFrom([]).read, 100_000);
  expect(list.isOutOfDate(100_001)).toBe(false);
  expect(list.isOutOfDate(110_000)).toBe(true);
});
