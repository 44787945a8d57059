@echo off
rem The command line: runs the server that is in the same folder.
if exist "%~dp0companion-server.exe" (
  "%~dp0companion-server.exe" %*
) else (
  dotnet "%~dp0companion-server.dll" %*
)
exit /b %ERRORLEVEL%
