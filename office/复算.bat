@echo off
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
py -@PYTHON@ -c "" >nul 2>nul
if errorlevel 1 (
  python "%~dp0run.py" @PYTHON@ %*
) else (
  py -@PYTHON@ "%~dp0run.py" @PYTHON@ %*
)
pause
