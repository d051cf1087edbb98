import { ForwardDialog } from './ForwardDialog';
import { PinDialog } from './PinDialog';
import { ReceiptsDialog } from './ReceiptsDialog';
import type { ChatState } from './useChatState';

export function ChatDialogs({ state }: { state: ChatState }) {
  const { forwarding, pinning, receiptsOf } = state;
  return (
    <>
      {forwarding !== undefined && (
        <ForwardDialog
          seqs={forwarding}
          onClose={state.endForward}
          onDone={() => {
            state.endForward();
            state.endSelection();
          }}
        />
      )}
      {pinning !== undefined && <PinDialog seq={pinning} onClose={state.endPin} />}
      {receiptsOf !== undefined && <ReceiptsDialog seq={receiptsOf} onClose={state.endReceipts} />}
    </>
  );
}
