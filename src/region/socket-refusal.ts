import { z } from "zod";

/** Why a region opens no socket. */
const SocketRefusalSchema = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("too_many_sockets") }),
  z.object({ reason: z.literal("region_closed") }),
  z.object({ reason: z.literal("overloaded"), untilMs: z.number() }),
  z.object({ reason: z.literal("player_revoked"), playerIds: z.array(z.string()) }),
]);
export type SocketRefusal = Readonly<z.infer<typeof SocketRefusalSchema>>;

/** The status is always 503: all that a Worker of the release before looks at, which takes it for too many sockets. */
export function refusedSocket(refusal: SocketRefusal): Response {
  return Response.json(refusal, { status: 503 });
}

/**
 * The reverse. A region of the release before says nothing but the status, and had only one reason.
 *
 * @returns null for a reason of the release to come, while a deploy is under way
 */
export async function socketRefusalOf(response: Response): Promise<SocketRefusal | null> {
  const text = await response.text();
  if (text === "") return { reason: "too_many_sockets" };
  const refusal = SocketRefusalSchema.safeParse(JSON.parse(text));
  return refusal.success ? refusal.data : null;
}
