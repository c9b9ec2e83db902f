import { describe, expect, it } from "vitest";
import { createBoundedQueue } from "@/lib/auth/bounded-queue";

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("the queue of password hashes", () => {
  it("runs two at once, lets fifty wait, refuses the next, and loses nobody", async () => {
    const queue = createBoundedQueue({ running: 2, waiting: 50 });
    const { open, opened } = gate();
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await opened;
      running -= 1;
    };
    const admitted = Array.from({ length: 52 }, () => queue(work));
    await expect(queue(work)).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterSeconds: 5 });
    open();
    await Promise.all(admitted);
    expect(most).toBe(2);
    await expect(queue(async () => "again")).resolves.toBe("again");
  });

  it("goes on after a failure", async () => {
    const queue = createBoundedQueue({ running: 1, waiting: 1 });
    await expect(queue(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(queue(async () => "yes")).resolves.toBe("yes");
  });
});
