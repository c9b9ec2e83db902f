/** A role that can be chosen, and whether the viewer may give it. */
export type RoleOption = { id: string; name: string; assignable: boolean };
