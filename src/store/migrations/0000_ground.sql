CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"crisis_id" text,
	"taken_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"alert" jsonb NOT NULL,
	"classification" jsonb
);
--> statement-breakpoint
CREATE TABLE "archives" (
	"workflow_id" text NOT NULL,
	"run_id" text NOT NULL,
	"crisis_id" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"history" jsonb NOT NULL,
	"postmortem" text NOT NULL,
	CONSTRAINT "archives_workflow_id_run_id_pk" PRIMARY KEY("workflow_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "crises" (
	"crisis_id" text PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"run_id" text NOT NULL,
	"correlation_key" text NOT NULL,
	"type" text NOT NULL,
	"mode" text NOT NULL,
	"severity" text NOT NULL,
	"status" text NOT NULL,
	"phase" integer NOT NULL,
	"title" text NOT NULL,
	"services" jsonb NOT NULL,
	"declared_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"seq" integer NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"crisis_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "events_crisis_id_seq_pk" PRIMARY KEY("crisis_id","seq")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"key" text PRIMARY KEY NOT NULL,
	"crisis_id" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"person" text NOT NULL,
	"channel" text NOT NULL,
	"to" text NOT NULL,
	"status" text NOT NULL,
	"intended_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"ref" text,
	"reason" text,
	"possible_repeat" boolean DEFAULT false NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_reports" (
	"ref" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"reported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "alerts_by_crisis" ON "alerts" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "alerts_by_time" ON "alerts" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "archives_by_crisis" ON "archives" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "crises_by_correlation_key" ON "crises" USING btree ("correlation_key","declared_at");--> statement-breakpoint
CREATE INDEX "crises_by_status" ON "crises" USING btree ("status","declared_at");--> statement-breakpoint
CREATE INDEX "deliveries_by_crisis" ON "deliveries" USING btree ("crisis_id","intended_at");--> statement-breakpoint
CREATE INDEX "deliveries_by_ref" ON "deliveries" USING btree ("ref");