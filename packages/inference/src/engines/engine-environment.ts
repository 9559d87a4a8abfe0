/** Variables that programs need to find their parts and their language. */
const kept =
  /^(PATH|HOME|USER|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|DYLD_.*|SystemRoot|PYTHON.*|VIRTUAL_ENV|CONDA_PREFIX)$/i

/** Members compute side by side; threads of a library in each of them would be in each other's way. */
const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
}

/**
 * The environment of a process that computes with code of others: what programs need, and nothing else, because the
 * environment of this process has the addresses and passwords of databases.
 */
export const engineEnvironment = (
  all: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(all).filter(([name]) => kept.test(name))),
  ...oneThread,
})
