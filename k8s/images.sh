#!/bin/sh
# Publishes the images of silo and gateway as archives, for `docker load`, `ctr images import` or `skopeo copy`:
#   k8s/images.sh FOLDER [VERSION]
# The gateway's has the portal. The base image is fetched from its registry; BASE_IMAGE names another one.
set -eu
folder=${1:?"usage: k8s/images.sh FOLDER [VERSION]"}
version=${2:-1.0.0}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/.."
for program in Silo Gateway; do
  image=ecosystemsilo-$(echo "$program" | tr '[:upper:]' '[:lower:]')
  dotnet publish "$program" -c Release -r linux-x64 --self-contained false --artifacts-path "$folder/build" -v quiet \
    -t:PublishContainer \
    -p:ContainerImageTag="$version" \
    -p:ContainerArchiveOutputPath="$folder/$image.tar" \
    ${BASE_IMAGE:+-p:ContainerBaseImage="$BASE_IMAGE"}
done
ls -l "$folder"/*.tar
