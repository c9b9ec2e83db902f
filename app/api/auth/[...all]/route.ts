import { auth } from "@/lib/auth/auth";

const handle = (request: Request) => auth.get().handle(request);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
