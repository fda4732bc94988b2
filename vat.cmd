@echo off
rem Starts vat on Windows, from cmd or PowerShell: vat COMMAND ... The script vat beside this one is the same for Git Bash,
rem macOS and Linux; scripts\PublishBuild.java describes target\vat.build. Builds first when vat was never built, when the
rem list of its sources (name, size, time to the minute) is not the last build's, or when the JDK has changed.
rem Written without a Windows at hand and tried on Wine only, with stand-ins for java and mvn: report what does not work.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "target=%root%\target"
set "sources=%target%\vat.sources"
set "sources_now=%target%\vat.sources.%RANDOM%%RANDOM%"
rem The program prints UTF-8, and so is target\vat.build.
for /f "tokens=2 delims=:." %%c in ('chcp') do set /a "codepage=%%c"
chcp 65001 >nul

if not exist "%target%\" md "%target%"
call :is_built
if not errorlevel 1 goto start
set "code=1"
set /a "tries=0"
:lock
rem The system lets one process at a time write to the lock file, and frees it when that process is gone.
set "had_lock="
call :build >"%target%\vat.lock"
if defined had_lock goto built
if %tries% equ 0 echo Another vat is building; waiting for it...>&2
if %tries% geq 180 echo Waited 15 minutes for another vat to finish building. If none is, delete %target%\vat.lock.>&2
if %tries% geq 180 goto end
set /a "tries+=1"
ping -n 6 127.0.0.1 >nul
goto lock
:built
if not "%code%"=="0" goto end

:start
set "code=1"
rem What never asks S3 starts from a cache that has nothing of S3 in it: half as big, half as long to load.
set "cached=%name%.aot"
if "%~1"=="" set "cached=%name%.offline.aot"
for %%c in (list show find drives light mhl estimate kept config help -h --help -V --version) do if /i "%~1"=="%%c" set "cached=%name%.offline.aot"
set "cache="
if exist "%target%\%cached%" set cache="-XX:AOTCache=%target%\%cached%"
set "VAT_LAUNCHER=%~f0"
rem What hashes gigabytes needs the optimizing compiler; everything else is done before that pays (docs/design.md).
set "compilers=-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.25"
for %%c in (up down cleanup watch verify mhl archive archive-project archive_project copy backup backup-to-s3 backup_to_s3 restore restore-from-s3 restore_from_s3 s3-sync-up s3-sync-down s3-sync-cleanup s3_sync_up s3_sync_down s3_sync_cleanup) do if /i "%~1"=="%%c" set "compilers="
"%jdk%\bin\java.exe" %flags% %compilers% %cache% -cp "%target%\%name%.jar" dev.vat.Main %*
set "code=%errorlevel%"
:end
if exist "%sources_now%" del "%sources_now%"
chcp %codepage% >nul
exit /b %code%

:is_built
rem 0 when there is a build to start, with its name, jdk and flags set; else 1, with the reason in why.
set "why=first use"
if not exist "%target%\vat.build" exit /b 1
for %%k in (name jdk version flags) do set "%%k="
for /f "usebackq tokens=1* delims==" %%k in ("%target%\vat.build") do set "%%k=%%l"
if not exist "%target%\%name%.jar" exit /b 1
set "why=its sources have changed"
call :list_sources >"%sources_now%"
fc /b "%sources%" "%sources_now%" >nul 2>&1
if errorlevel 1 exit /b 1
set "why=the JDK has changed"
if not exist "%jdk%\bin\java.exe" exit /b 1
if not exist "%jdk%\release" exit /b 1
set "version_now="
for /f "usebackq tokens=1* delims==" %%k in ("%jdk%\release") do if "%%k"=="JAVA_RUNTIME_VERSION" set "version_now=%%~l"
if not "%version_now%"=="%version%" exit /b 1
exit /b 0

:list_sources
for %%f in ("%root%\pom.xml" "%root%\scripts\PublishBuild.java") do echo %%~tzf %%~f
for /r "%root%\src\main" %%f in (*) do echo %%~tzf %%f
exit /b 0

:build
rem Leaves vat's exit code in code: 0 when there is now a build to start.
set "had_lock=1"
set "code=0"
call :is_built
if not errorlevel 1 exit /b
set "built_jdk="
set "newer_jdk="
call :find_jdk
if not defined built_jdk set "built_jdk=%newer_jdk%"
if not defined built_jdk (
  echo vat needs a JDK 25 or newer, and none was found in JAVA_HOME, on the PATH or in the usual places. Get one:>&2
  echo   winget install EclipseAdoptium.Temurin.25.JDK>&2
  echo It is somewhere else? Say where: set JAVA_HOME=C:\path\to\jdk>&2
  set "code=2"
  exit /b
)
where mvn.cmd >nul 2>&1
if errorlevel 1 (
  echo vat is built with Maven, and there is no mvn on the PATH. Get it: scoop install maven>&2
  echo or https://maven.apache.org/download.cgi, and put its bin folder on the PATH.>&2
  set "code=2"
  exit /b
)
echo Building vat (%why%)...>&2
call :list_sources >"%sources_now%"
set "JAVA_HOME=%built_jdk%"
pushd "%root%"
call mvn.cmd -q -B -DskipTests -Dmaven.test.skip=true package >"%target%\build.log" 2>&1 <nul
set "build_code=%errorlevel%"
popd
if not "%build_code%"=="0" (
  type "%target%\build.log" >&2
  echo vat could not be built: Maven's own words are above. Put right what it names, then run vat again.>&2
  set "code=1"
  exit /b
)
copy /y "%sources_now%" "%sources%" >nul
call :is_built
if "%why%"=="first use" (
  echo vat could not be built: Maven ended well but left no %target%\vat.build. See %target%\build.log.>&2
  set "code=1"
  exit /b
)
set "cached="
if exist "%target%\%name%.aot" if exist "%target%\%name%.offline.aot" set "cached=1"
if not defined cached echo vat starts slower than it could, see %target%\build.log>&2
exit /b

:find_jdk
rem JAVA_HOME wins when it fits; else the first JDK 25 of the PATH and the usual places, else a newer one.
if defined JAVA_HOME call :try_jdk "%JAVA_HOME%"
if not defined built_jdk if defined newer_jdk set "built_jdk=%newer_jdk%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try_jdk "%%~dp$PATH:j.."
for /d %%j in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*") do call :try_jdk "%%~j"
for /d %%j in ("%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\BellSoft\*") do call :try_jdk "%%~j"
for /d %%j in ("%USERPROFILE%\.jdks\*" "%USERPROFILE%\.gradle\jdks\*") do call :try_jdk "%%~j"
for /d %%j in ("%USERPROFILE%\scoop\apps\*jdk*") do call :try_jdk "%%~j\current"
exit /b 0

:try_jdk
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for %%k in (java_version jvm_variant major) do set "%%k="
for /f "usebackq tokens=1* delims==" %%k in ("%~1\release") do (
  if "%%k"=="JAVA_VERSION" set "java_version=%%~l"
  if "%%k"=="JVM_VARIANT" set "jvm_variant=%%~l"
)
if /i "%jvm_variant%"=="openj9" exit /b 0
for /f "delims=.-+" %%m in ("%java_version%") do set "major=%%m"
if not defined major exit /b 0
if %major% lss 25 exit /b 0
if %major% equ 25 if not defined built_jdk set "built_jdk=%~f1"
if %major% gtr 25 if not defined newer_jdk set "newer_jdk=%~f1"
exit /b 0
