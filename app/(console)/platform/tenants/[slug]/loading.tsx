import { PanelLoading } from "@/app/(console)/screens/panel-loading";

export default PanelLoading;
