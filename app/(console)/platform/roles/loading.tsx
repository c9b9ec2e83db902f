import { RolesLoading } from "@/app/(console)/screens/roles-loading";

export default RolesLoading;
