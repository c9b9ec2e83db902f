import { Client } from "pg";
import type { ServerAddress } from "../../support/gatehouse-server";

/** Makes every proof of a person's identity ten minutes old, as if they had signed in then. For sessions not used yet. */
export async function ageProof({ superuserUrl }: ServerAddress, email: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(
      `update session set created_at = created_at - interval '10 minutes'
       where user_id = (select id from "user" where email = $1)`,
      [email],
    );
  } finally {
    await client.end();
  }
}
