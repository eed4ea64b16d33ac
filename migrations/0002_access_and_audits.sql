CREATE TABLE `audit_log` (
	`entry_id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`key_id` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`request_id` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `audits` (
	`name` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`updated_at_ms` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`player_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`issuer`, `subject`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `revocations` (
	`player_id` text PRIMARY KEY NOT NULL,
	`tokens_from_ms` integer NOT NULL,
	`is_locked_out` integer NOT NULL,
	`changed_at_ms` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `revocations_by_change` ON `revocations` (`changed_at_ms`);