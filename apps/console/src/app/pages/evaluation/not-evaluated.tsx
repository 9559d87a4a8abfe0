import { Command } from '../../ui/command.tsx'

/** @param version as commands take it */
export const NotEvaluated = ({ version }: { readonly version: string }) => (
  <>
    <p>
      The version <code>{version}</code> has no evaluation. A fit stores one. Of any version, one is
      made on the server, with rows that the model has not seen:
    </p>
    <Command text={`dsapi model evaluate --name ${version} --data FILE --label COLUMN --store`} />
  </>
)
