# shellcheck shell=bash
# What set-up scripts share; to be sourced.

apt_install() { # PACKAGE...: installs with apt where that may be done, without asking
    command -v apt-get >/dev/null || return 1
    local sudo=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        sudo="sudo -n"
    fi
    echo "パッケージをインストールしています：$*"
    $sudo apt-get -qq update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "$@" >/dev/null
}
