import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  // Partitioned and therefore written by hand in the migrations.
  experimental: { externalTables: true },
  tables: { external: ["public.audit_event"] },
  datasource: { url: process.env.DATABASE_MIGRATE_URL ?? "postgresql://localhost/gatehouse" },
});
