import { Component, type ComponentChild, type ComponentType, h } from "preact";

/** Makes a component that is rendered again only if one of its props changes. */
export function memo<P extends object>(view: (props: P) => ComponentChild): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return Object.keys(next).some((name) => name !== "children" && next[name as keyof P] !== this.props[name as keyof P]);
    }
    override render(): ComponentChild {
      return h(view as ComponentType<P>, this.props as never);
    }
  } as unknown as ComponentType<P>;
}
