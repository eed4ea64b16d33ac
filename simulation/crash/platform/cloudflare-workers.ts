/** What the production code imports from `cloudflare:workers`, here where there is none. */
export class DurableObject<Environment> {
  readonly ctx: unknown;
  readonly env: Environment;

  constructor(ctx: unknown, env: Environment) {
    this.ctx = ctx;
    this.env = env;
  }
}
