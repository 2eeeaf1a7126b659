<#
.SYNOPSIS
planbook を Windows にインストールします。

.DESCRIPTION
いまのフォルダーに .venv を作って planbook をインストールし、PDF に必要な Pango の DLL があるかを、
planbook（WeasyPrint）が探すのと同じ場所で確かめます。足りないものがあれば、何をすればよいかを知らせます。
終了コード：0 すべてそろった、2 足りないものがある。

.PARAMETER Package
インストールするもの：配布された wheel ファイルか、git+https://… の URL。

.EXAMPLE
powershell -ExecutionPolicy Bypass -File install-windows.ps1 -Package planbook-0.1.0-py3-none-any.whl
#>
param(
    [Parameter(Mandatory = $true)][string]$Package
)
$ErrorActionPreference = 'Stop'
try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }

function Stop-WithAdvice([string[]]$Lines) {
    $Lines | ForEach-Object { Write-Host $_ }
    exit 2
}

# Python 3.11 以降。py は python.org のインストーラーが入れるものです。
$python = $null
foreach ($candidate in @('py', 'python')) {
    if (-not (Get-Command $candidate -ErrorAction SilentlyContinue)) { continue }
    & $candidate -c 'import struct, sys; sys.exit(sys.version_info < (3, 11) or struct.calcsize(''P'') != 8)'
    if ($LASTEXITCODE -eq 0) { $python = $candidate; break }
}
if (-not $python) {
    Stop-WithAdvice @(
        'Python 3.11 以降（64ビット）が必要です。',
        'https://www.python.org/downloads/windows/ からインストールし、このウィンドウを開き直してください。')
}

if (-not (Test-Path '.venv\Scripts\python.exe')) {
    & $python -m venv .venv
    if ($LASTEXITCODE -ne 0) { Stop-WithAdvice @('仮想環境 .venv を作れませんでした。フォルダーに書き込めるかを確かめてください。') }
}
& '.venv\Scripts\python.exe' -m pip install --disable-pip-version-check $Package
if ($LASTEXITCODE -ne 0) {
    Stop-WithAdvice @(
        'planbook をインストールできませんでした。上のメッセージを見てください。',
        '庁内のネットワークからは、プロキシの設定（環境変数 HTTPS_PROXY）が必要なことがあります。')
}

# WeasyPrint 70 が DLL を探す場所と名前（weasyprint/text/ffi.py）。
$folders = @('C:\msys64\ucrt64\bin', 'C:\msys64\mingw64\bin', 'C:\Program Files\GTK3-Runtime Win64\bin')
if ($env:WEASYPRINT_DLL_DIRECTORIES) { $folders = $env:WEASYPRINT_DLL_DIRECTORIES -split ';' }
$libraries = @(
    'libgobject-2.0-0.dll', 'libpango-1.0-0.dll', 'libpangoft2-1.0-0.dll',
    'libharfbuzz-0.dll', 'libharfbuzz-subset-0.dll', 'libfontconfig-1.dll')
$missing = @($libraries | Where-Object {
    $library = $_
    -not ($folders | Where-Object { $_ -and (Test-Path (Join-Path $_ $library)) })
})
if ($missing.Count -gt 0) {
    Stop-WithAdvice @(
        'planbook をインストールしました。planbook check は使えます。',
        "PDF を作るには Pango が必要です。見つからないもの：$($missing -join '、')",
        "探した場所：$($folders -join '、')",
        '',
        '1. https://www.msys2.org/ から MSYS2 をインストールします（場所は C:\msys64 のまま）。',
        '2. スタートメニューから「MSYS2 UCRT64」を開き、次の1行を入力します。',
        '     pacman -S mingw-w64-ucrt-x86_64-pango',
        '3. ほかの場所にインストールしたときは、その ucrt64\bin を環境変数 WEASYPRINT_DLL_DIRECTORIES に設定します。')
}
& '.venv\Scripts\python.exe' -c 'import weasyprint'
if ($LASTEXITCODE -ne 0) {
    Stop-WithAdvice @('Pango の DLL はありますが、読み込めませんでした。64ビット版かどうかを確かめてください。')
}

Write-Host ''
Write-Host 'インストールしました。次のように始めます（コマンド プロンプトで）。'
Write-Host '  .venv\Scripts\activate'
Write-Host '  planbook init keikaku'
exit 0
