CREATE TABLE `idempotency_keys` (
	`key_hash` text PRIMARY KEY NOT NULL,
	`body_hash` text NOT NULL,
	`player_id` text NOT NULL,
	`created_at_ms` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `matches` (
	`match_id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`rated` integer DEFAULT 0 NOT NULL,
	`region` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`quality` real NOT NULL,
	`teams` text NOT NULL,
	`placements` text,
	`failure` text,
	`created_at_ms` integer NOT NULL,
	`reported_at_ms` integer,
	`finished_at_ms` integer,
	CONSTRAINT "rated_once" CHECK("matches"."rated" <= 1)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `players` (
	`player_id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`region` text NOT NULL,
	`created_at_ms` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rating_changes` (
	`player_id` text NOT NULL,
	`mode` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`match_id` text,
	`mu_before` real NOT NULL,
	`sigma_before` real NOT NULL,
	`mu_after` real NOT NULL,
	`sigma_after` real NOT NULL,
	`changed_at_ms` integer NOT NULL,
	PRIMARY KEY(`player_id`, `mode`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ratings` (
	`player_id` text NOT NULL,
	`mode` text NOT NULL,
	`mu` real NOT NULL,
	`sigma` real NOT NULL,
	`conservative` real NOT NULL,
	`matches` integer NOT NULL,
	`wins` integer NOT NULL,
	`seq` integer NOT NULL,
	`last_played_at_ms` integer,
	PRIMARY KEY(`player_id`, `mode`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ratings_by_conservative` ON `ratings` (`mode`,`conservative`);