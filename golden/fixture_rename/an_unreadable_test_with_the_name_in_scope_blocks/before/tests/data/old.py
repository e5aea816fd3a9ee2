print db
