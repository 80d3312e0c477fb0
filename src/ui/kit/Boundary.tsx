import { Component, type ReactNode } from "react";

interface Props { readonly children: ReactNode; /** What stands there instead; `retry` tries again. */ readonly fallen: (retry: () => void) => ReactNode; readonly onError?: (error: unknown) => void }

/** Keeps a bug of one part from taking the others along. */
export class Boundary extends Component<Props, { readonly fallen: boolean }> {
  override state = { fallen: false };

  static getDerivedStateFromError(): { fallen: boolean } {
    return { fallen: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error);
  }

  override render(): ReactNode {
    return this.state.fallen ? this.props.fallen(() => { this.setState({ fallen: false }); }) : this.props.children;
  }
}
