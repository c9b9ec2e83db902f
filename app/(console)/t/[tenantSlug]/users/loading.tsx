import { UsersLoading } from "@/app/(console)/screens/users-loading";

export default UsersLoading;
