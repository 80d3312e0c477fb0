import { createContext, useContext, useEffect } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Button } from "./Button.tsx";

/** One sentence about what was just done, and how to take it back. */
export interface ToastText { readonly text: string; readonly undo?: { readonly label: string; readonly keyCode?: string; readonly run: () => void } }

interface Toasts { readonly toast?: ToastText & { readonly id: number } }

export const createToasts = (): StoreApi<Toasts> => createStore<Toasts>(() => ({}));

export const ToastsContext = createContext<StoreApi<Toasts>>(createToasts());

/** Takes away what is being said: what it speaks of is over. */
export function useNoToast(): () => void {
  const store = useContext(ToastsContext);
  return () => { store.setState({}, true); };
}

/** Says something for a few seconds; a newer sentence takes the place of the older. */
export function useToast(): (toast: ToastText) => void {
  const store = useContext(ToastsContext);
  return (toast) => { store.setState({ toast: { ...toast, id: (store.getState().toast?.id ?? 0) + 1 } }, true); };
}

const seconds = 6;

export function ToastPlace() {
  const store = useContext(ToastsContext);
  const toast = useStore(store, (state) => state.toast);
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => { store.setState({}, true); }, seconds * 1000);
    return () => { clearTimeout(timer); };
  }, [toast, store]);
  const undo = toast?.undo;
  return (
    <div role="status">
      {toast ? (
        <div className="toast" key={toast.id}>
          <span>{toast.text}</span>
          {undo ? <Button {...(undo.keyCode === undefined ? {} : { keyCode: undo.keyCode })} onPress={() => { undo.run(); store.setState({}, true); }}>{undo.label}</Button> : null}
        </div>
      ) : null}
    </div>
  );
}
