console.log(process.version, process.cwd(), process.env.INIT_CWD, process.env.npm_package_name)
